namespace TopicGrpc.Cluster.Embedding;

/// <summary>The members that embed.</summary>
internal interface IEmbeddingWorkers
{
    /// <summary>Returns the members that are alive, have a role that embeds, and do not drain.</summary>
    IReadOnlyList<IEmbeddingWorker> List();

    /// <summary>Returns whether the process of a member may still run; false only if it was declared dead.</summary>
    bool IsAlive(string id);
}
