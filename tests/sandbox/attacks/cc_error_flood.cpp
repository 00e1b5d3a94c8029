// EXPECT: endless messages of the compiler are cut
// STATUS: exit output
// PHASE: compile
// PLAIN: skip
#define TEN(text) text text text text text text text text text text
#define HUNDRED(text) TEN(TEN(text))
int main() { HUNDRED(HUNDRED(nobody + knows(this) *)) 1; }
