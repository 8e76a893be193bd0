using System.Data.Common;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>What a job stores outside its rows while it runs.</summary>
internal interface IJobResources
{
    /// <summary>Releases what a job has stored, in the transaction that ends the job or that starts it again after an erasure.</summary>
    void Release(DbConnection connection, string fitId);
}
