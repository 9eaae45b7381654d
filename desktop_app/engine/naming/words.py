"""The everyday words that groups can be called by, in one table: key, what a person reads, and what is broader.

A model that knows words names them by these keys in its card; a key that does not stand here is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.language import tr, tr_noop


@dataclass(frozen=True, slots=True)
class Word:
    """A word.

    Attributes:
        text: in English, as a group of such photos is called.
        broader: keys of words that hold of whatever this one holds of.
    """

    text: str
    broader: tuple[str, ...] = ()


WORDS: dict[str, Word] = {
    # people
    "people": Word(tr_noop("People")),
    "portrait": Word(tr_noop("Portraits"), ("people",)),
    "sports": Word(tr_noop("Sports")),
    "gym": Word(tr_noop("Gym"), ("sports",)),
    # animals
    "animals": Word(tr_noop("Animals")),
    "dog": Word(tr_noop("Dogs"), ("animals",)),
    "cat": Word(tr_noop("Cats"), ("animals",)),
    "bird": Word(tr_noop("Birds"), ("animals",)),
    "chicken": Word(tr_noop("Chickens"), ("bird", "animals")),
    "duck": Word(tr_noop("Ducks and swans"), ("bird", "animals")),
    "penguin": Word(tr_noop("Penguins"), ("bird", "animals")),
    "fish": Word(tr_noop("Fish"), ("animals",)),
    "sea-life": Word(tr_noop("Sea animals"), ("animals",)),
    "insect": Word(tr_noop("Insects"), ("animals",)),
    "butterfly": Word(tr_noop("Butterflies"), ("insect", "animals")),
    "spider": Word(tr_noop("Spiders"), ("animals",)),
    "reptile": Word(tr_noop("Reptiles"), ("animals",)),
    "snake": Word(tr_noop("Snakes"), ("reptile", "animals")),
    "lizard": Word(tr_noop("Lizards"), ("reptile", "animals")),
    "turtle": Word(tr_noop("Turtles"), ("reptile", "animals")),
    "frog": Word(tr_noop("Frogs"), ("animals",)),
    "horse": Word(tr_noop("Horses"), ("animals",)),
    "zebra": Word(tr_noop("Zebras"), ("animals",)),
    "cow": Word(tr_noop("Cattle"), ("animals",)),
    "sheep": Word(tr_noop("Sheep and goats"), ("animals",)),
    "pig": Word(tr_noop("Pigs"), ("animals",)),
    "deer": Word(tr_noop("Deer"), ("animals",)),
    "camel": Word(tr_noop("Camels"), ("animals",)),
    "rabbit": Word(tr_noop("Rabbits"), ("animals",)),
    "squirrel": Word(tr_noop("Squirrels"), ("animals",)),
    "wolf": Word(tr_noop("Wolves"), ("animals",)),
    "fox": Word(tr_noop("Foxes"), ("animals",)),
    "big-cat": Word(tr_noop("Big cats"), ("animals",)),
    "bear": Word(tr_noop("Bears"), ("animals",)),
    "panda": Word(tr_noop("Pandas"), ("animals",)),
    "elephant": Word(tr_noop("Elephants"), ("animals",)),
    "monkey": Word(tr_noop("Monkeys"), ("animals",)),
    # food
    "food": Word(tr_noop("Food")),
    "meal": Word(tr_noop("Meals"), ("food",)),
    "fruit": Word(tr_noop("Fruit"), ("food",)),
    "vegetable": Word(tr_noop("Vegetables"), ("food",)),
    "bread": Word(tr_noop("Bread"), ("food",)),
    "pizza": Word(tr_noop("Pizza"), ("meal", "food")),
    "dessert": Word(tr_noop("Desserts"), ("food",)),
    "drink": Word(tr_noop("Drinks")),
    "mushroom": Word(tr_noop("Mushrooms")),
    # clothes
    "clothes": Word(tr_noop("Clothes")),
    "dress": Word(tr_noop("Dresses"), ("clothes",)),
    "skirt": Word(tr_noop("Skirts"), ("clothes",)),
    "shirt": Word(tr_noop("Shirts"), ("clothes",)),
    "t-shirt": Word(tr_noop("T-shirts"), ("shirt", "clothes")),
    "sweater": Word(tr_noop("Sweaters"), ("clothes",)),
    "jacket": Word(tr_noop("Jackets and coats"), ("clothes",)),
    "suit": Word(tr_noop("Suits"), ("clothes",)),
    "trousers": Word(tr_noop("Trousers"), ("clothes",)),
    "shorts": Word(tr_noop("Shorts"), ("clothes",)),
    "shoes": Word(tr_noop("Shoes"), ("clothes",)),
    "socks": Word(tr_noop("Socks"), ("clothes",)),
    "hat": Word(tr_noop("Hats"), ("clothes",)),
    "helmet": Word(tr_noop("Helmets"), ("hat", "clothes")),
    "swimwear": Word(tr_noop("Swimwear"), ("clothes",)),
    "glasses": Word(tr_noop("Glasses")),
    "bag": Word(tr_noop("Bags")),
    "jewelry": Word(tr_noop("Jewelry")),
    "mask": Word(tr_noop("Masks")),
    "umbrella": Word(tr_noop("Umbrellas")),
    # indoors
    "room": Word(tr_noop("Rooms")),
    "kitchen": Word(tr_noop("Kitchens"), ("room",)),
    "bathroom": Word(tr_noop("Bathrooms"), ("room",)),
    "bedroom": Word(tr_noop("Bedrooms"), ("room",)),
    "living-room": Word(tr_noop("Living rooms"), ("room",)),
    "dining-room": Word(tr_noop("Dining rooms"), ("room",)),
    "office": Word(tr_noop("Desks"), ("room",)),
    "stairs": Word(tr_noop("Stairs")),
    "shop": Word(tr_noop("Shops")),
    "stage": Word(tr_noop("Stage")),
    # outdoors
    "building": Word(tr_noop("Buildings")),
    "house": Word(tr_noop("Houses"), ("building",)),
    "church": Word(tr_noop("Churches and temples"), ("building",)),
    "castle": Word(tr_noop("Castles"), ("building",)),
    "tower": Word(tr_noop("Towers"), ("building",)),
    "bridge": Word(tr_noop("Bridges")),
    "monument": Word(tr_noop("Monuments")),
    "city": Word(tr_noop("City")),
    "street": Word(tr_noop("Streets"), ("city",)),
    "road": Word(tr_noop("Roads")),
    "road-sign": Word(tr_noop("Signs and traffic lights")),
    "fence": Word(tr_noop("Fences")),
    "landscape": Word(tr_noop("Landscapes")),
    "sea": Word(tr_noop("Sea"), ("landscape",)),
    "beach": Word(tr_noop("Beach"), ("sea", "landscape")),
    "lake": Word(tr_noop("Lakes"), ("landscape",)),
    "mountain": Word(tr_noop("Mountains"), ("landscape",)),
    "forest": Word(tr_noop("Forest"), ("landscape",)),
    "field": Word(tr_noop("Countryside"), ("landscape",)),
    "snow": Word(tr_noop("Snow")),
    "flower": Word(tr_noop("Flowers")),
    "camping": Word(tr_noop("Camping")),
    "playground": Word(tr_noop("Playgrounds")),
    "underwater": Word(tr_noop("Under water")),
    "harbor": Word(tr_noop("Harbors")),
    # vehicles
    "vehicles": Word(tr_noop("Vehicles")),
    "car": Word(tr_noop("Cars"), ("vehicles",)),
    "bus": Word(tr_noop("Buses"), ("vehicles",)),
    "truck": Word(tr_noop("Trucks"), ("vehicles",)),
    "train": Word(tr_noop("Trains"), ("vehicles",)),
    "motorcycle": Word(tr_noop("Motorcycles"), ("vehicles",)),
    "bicycle": Word(tr_noop("Bicycles"), ("vehicles",)),
    "boat": Word(tr_noop("Boats"), ("vehicles",)),
    "airplane": Word(tr_noop("Airplanes"), ("vehicles",)),
    "tractor": Word(tr_noop("Tractors"), ("vehicles",)),
    "balloon": Word(tr_noop("Balloons and parachutes")),
    # things
    "computer": Word(tr_noop("Computers")),
    "phone": Word(tr_noop("Phones")),
    "screen": Word(tr_noop("Televisions and monitors")),
    "camera": Word(tr_noop("Cameras")),
    "book": Word(tr_noop("Books")),
    "clock": Word(tr_noop("Clocks")),
    "bottle": Word(tr_noop("Bottles")),
    "tableware": Word(tr_noop("Dishes")),
    "cup": Word(tr_noop("Cups"), ("tableware",)),
    "music": Word(tr_noop("Music")),
    "guitar": Word(tr_noop("Guitars"), ("music",)),
    "piano": Word(tr_noop("Pianos"), ("music",)),
    "tool": Word(tr_noop("Tools")),
    "weapon": Word(tr_noop("Weapons")),
    "ball": Word(tr_noop("Balls")),
    "toy": Word(tr_noop("Toys")),
    "candle": Word(tr_noop("Candles")),
    "cosmetics": Word(tr_noop("Cosmetics")),
    "pattern": Word(tr_noop("Patterns")),
    # pages
    "screenshot": Word(tr_noop("Screenshots")),
    "document": Word(tr_noop("Documents")),
    "receipt": Word(tr_noop("Receipts"), ("document",)),
    "drawing": Word(tr_noop("Drawings")),
}
"""By key; the keys are those of `models` that know words."""


def said(key: str) -> str:
    """What a person reads for a word."""
    return tr(WORDS[key].text)
