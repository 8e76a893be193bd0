namespace TopicGrpc.Engine.Charts;

/// <summary>One merge of a dendrogram: from the first child's height out to the merge's and back to the second child's.</summary>
/// <param name="FirstPlace">Place of the first child, downwards negative.</param>
/// <param name="SecondPlace">Place of the second child.</param>
/// <param name="FirstHeight">Distance at which the first child merged; 0 for a topic.</param>
/// <param name="Height">Distance of this merge.</param>
/// <param name="SecondHeight">Distance at which the second child merged.</param>
/// <param name="Color">Color of its group.</param>
internal readonly record struct HierarchyBracket(double FirstPlace, double SecondPlace, double FirstHeight, double Height, double SecondHeight, string Color);
