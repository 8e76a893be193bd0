using System.Data.Common;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Decides whether a version may be published: a fit that another server has taken over publishes nothing.</summary>
internal interface IPublicationFence
{
    /// <summary>
    /// Checks, in the transaction that adds a version, that the job which made the version still belongs to this server and has not
    /// published before. An exception ends the transaction without effect.
    /// </summary>
    void Require(DbConnection connection, ModelVersion version);
}
