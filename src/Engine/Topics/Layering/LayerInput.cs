using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>What the layers of a model are made from.</summary>
/// <param name="Clusters">Cluster tree.</param>
/// <param name="Sample">Documents of the tree; null if it has all.</param>
/// <param name="Assignments">Topic of each document.</param>
/// <param name="Centroids">Centroid of each topic row.</param>
/// <param name="Topics">Topics with uids, the outlier topic first if there is one.</param>
/// <param name="DocumentIds">Document ids.</param>
/// <param name="Naming">Form of the names.</param>
/// <param name="Compute">Number of threads; it does not change the layers.</param>
/// <param name="WordsOf">Returns, for each of several assignments, the words of the topics from 0.</param>
internal sealed record LayerInput(
    HdbscanModel Clusters,
    FittedSample? Sample,
    TopicAssignments Assignments,
    double[] Centroids,
    IReadOnlyList<Topic> Topics,
    IReadOnlyList<string> DocumentIds,
    TopicNaming Naming,
    ComputeOptions Compute,
    Func<IReadOnlyList<TopicAssignments>, TopicWord[][][]> WordsOf);
