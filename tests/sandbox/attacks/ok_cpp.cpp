// EXPECT: an ordinary C++20 program reads and prints
// STATUS: ok
// STDIN: 6 7
// ANSWER: 42
// PLAIN: harmless
#include <concepts>
#include <iostream>

template <std::integral Number>
Number product(Number left, Number right) {
    return left * right;
}

int main() {
    int left = 0, right = 0;
    std::cin >> left >> right;
    std::cout << product(left, right) << "\n";
}
