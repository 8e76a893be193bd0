namespace TopicGrpc.Engine.Numerics;

/// <summary>A node of a <see cref="KdTree"/>.</summary>
/// <param name="Start">First slot of the node.</param>
/// <param name="End">End of the node's slots, exclusive.</param>
/// <param name="Right">Index of the right child; 0 for a leaf. The left child is the next node in preorder.</param>
/// <param name="LeastRow">
/// Smallest row number of the node. A search prunes by it when distances tie, which keeps searches among duplicates short.
/// </param>
internal readonly record struct KdNode(int Start, int End, int Right, int LeastRow);
