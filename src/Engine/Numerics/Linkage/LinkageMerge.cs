namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>One merge of a dendrogram over n leaves. Clusters 0 … n−1 are the leaves; merge <c>i</c> creates cluster n + i.</summary>
/// <param name="Left">Child with the smaller number; after leaf ordering, the left child.</param>
/// <param name="Right">The other child.</param>
/// <param name="Height">Distance between the two children.</param>
/// <param name="Size">Number of leaves of the new cluster.</param>
internal readonly record struct LinkageMerge(int Left, int Right, double Height, int Size);
