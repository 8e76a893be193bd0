namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Reason why a call of the object store failed.</summary>
internal enum ObjectStoreError
{
    /// <summary>The store has no object of this name.</summary>
    Missing,

    /// <summary>The bytes of the object differ from its hashes.</summary>
    Damaged,

    /// <summary>The store rejects the call: credentials, permission, name or limit. A retry does not help.</summary>
    Rejected,

    /// <summary>The store cannot be reached, reports an error of its own, or closed the connection during the transfer.</summary>
    Unavailable,

    /// <summary>The store did not answer within the limit of one attempt.</summary>
    TimedOut,
}
