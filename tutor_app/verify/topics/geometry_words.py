"""What figures and their measures are called."""

from typing import Final

FIGURES: Final = {
    "circle": "circle", "semicircle": "semicircle", "semi circle": "semicircle",
    "sector": "sector", "sector of a circle": "sector", "circular sector": "sector",
    "rectangle": "rectangle", "square": "square", "triangle": "triangle",
    "equilateral triangle": "equilateral triangle", "right triangle": "right triangle",
    "right angled triangle": "right triangle", "parallelogram": "parallelogram",
    "trapezium": "trapezium", "trapezoid": "trapezium", "rhombus": "rhombus", "cuboid": "cuboid",
    "rectangular prism": "cuboid", "rectangular box": "cuboid", "box": "cuboid", "cube": "cube",
    "right circular cylinder": "cylinder", "cylinder": "cylinder", "right circular cone": "cone",
    "cone": "cone", "sphere": "sphere", "hemisphere": "hemisphere", "rectangular garden":
    "rectangle", "rectangular field": "rectangle", "rectangular room": "rectangle",
    "circular garden": "circle", "square garden": "square", "square field": "square",
}  # fmt: skip
QUANTITIES: Final = {
    "area": "area", "perimeter": "perimeter", "circumference": "circumference",
    "diameter": "diameter", "radius": "radius", "arc length": "arc length",
    "length of the arc": "arc length", "diagonal": "diagonal", "volume": "volume",
    "length of the diagonal": "diagonal", "length of its diagonal": "diagonal",
    "surface area": "surface area", "total surface area": "surface area",
    "curved surface area": "curved surface area", "lateral surface area": "curved surface area",
    "hypotenuse": "hypotenuse", "length of the hypotenuse": "hypotenuse",
    "length of its hypotenuse": "hypotenuse", "other leg": "leg", "length of the other leg": "leg",
    "third side": "leg", "length of the third side": "leg", "other side": "leg",
    "length of the other side": "leg",
}  # fmt: skip
