using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>The documents that are erased and not yet removed from all files. A version that is loaded hides them.</summary>
internal interface IErasedDocuments
{
    /// <summary>Returns the model without erased documents; the same model if it has none of them.</summary>
    /// <param name="fitId">Id of the fit that made the version; null for an imported version.</param>
    /// <param name="model">The topic model.</param>
    TopicModel Hide(string? fitId, TopicModel model);
}
