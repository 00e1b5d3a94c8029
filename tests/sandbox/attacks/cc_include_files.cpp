// EXPECT: the preprocessor reads none of the user's files, and quotes none in its messages
// STATUS: exit
// PHASE: compile
// PLAIN: escapes-secret
#include "@HOME@/diary.txt"
#include "@HOME@/.keys/private"
int main() {}
