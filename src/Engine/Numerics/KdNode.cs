namespace TopicGrpc.Engine.Numerics;

/// <summary>A node of a <see cref="KdTree"/>.</summary>
/// <param name="Start">First slot below it.</param>
/// <param name="End">End of its slots, exclusive.</param>
/// <param name="Right">Its right child; 0 for a leaf. The left child is the next node.</param>
/// <param name="LeastRow">Smallest row below it: decides whether the node can win a tie, and so keeps searches among duplicates short.</param>
internal readonly record struct KdNode(int Start, int End, int Right, int LeastRow);
