// EXPECT: templates without end stop the compiler at a limit
// STATUS: exit memory timeout cpu signal
// PHASE: compile
// PLAIN: skip
template <int depth> struct Chain { static constexpr int value = Chain<depth + 1>::value; };
int main() { return Chain<0>::value; }
