namespace TopicGrpc.Cluster.Artifacts;

/// <summary>A publication that was committed or abandoned is used again, for example by a member that was paused.</summary>
/// <param name="publication">Id of the publication.</param>
internal sealed class PublicationEndedException(string publication)
    : InvalidOperationException($"The publication {publication} has ended. Publish again with a new id.");
