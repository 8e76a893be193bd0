namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>One merge of a dendrogram over n leaves. Clusters 0 … n−1 are the leaves; merge <c>i</c> makes cluster n + i.</summary>
/// <param name="Left">One child; the smaller number unless the leaves were put in optimal order.</param>
/// <param name="Right">The other child.</param>
/// <param name="Height">Distance at which they merge.</param>
/// <param name="Size">Leaves below.</param>
internal readonly record struct LinkageMerge(int Left, int Right, double Height, int Size);
