using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Calls to other members. Thread-safe.</summary>
internal interface IWorkerTransport
{
    /// <summary>Returns a member as a worker; makes no call.</summary>
    /// <param name="member">The member.</param>
    /// <param name="id">Id of its process.</param>
    /// <returns>Null while it cannot be reached.</returns>
    IEmbeddingWorker? Find(Member member, string id);
}
