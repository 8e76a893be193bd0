namespace TopicGrpc.Cluster.Importing;

/// <summary>What an import has brought into a cluster.</summary>
/// <param name="Corpora">Number of corpora.</param>
/// <param name="Documents">Number of their documents.</param>
/// <param name="Versions">Number of versions of models.</param>
public sealed record ImportedData(int Corpora, long Documents, int Versions);
