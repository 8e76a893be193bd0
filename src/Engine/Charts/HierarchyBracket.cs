namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Bracket of one merge of a dendrogram: from the height of the first child to that of the merge and to that of the second
/// child.
/// </summary>
/// <param name="FirstPlace">Position of the first child, negative downward.</param>
/// <param name="SecondPlace">Position of the second child.</param>
/// <param name="FirstHeight">Height of the first child; 0 for a topic.</param>
/// <param name="Height">Height of the merge.</param>
/// <param name="SecondHeight">Height of the second child.</param>
/// <param name="Color">Color of the group.</param>
internal readonly record struct HierarchyBracket(
    double FirstPlace,
    double SecondPlace,
    double FirstHeight,
    double Height,
    double SecondHeight,
    string Color);
