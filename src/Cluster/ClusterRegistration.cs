using Microsoft.Extensions.Hosting;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Cluster.Changes;
using TopicGrpc.Cluster.Checkpoints;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.Embedding.Grains;
using TopicGrpc.Cluster.Erasing;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Silo;
using TopicGrpc.Cluster.Versions;

namespace TopicGrpc.Cluster;

/// <summary>Registers what a server uses as a member of a cluster, as far as section <c>Cluster</c> of the options asks for it.</summary>
public static class ClusterRegistration
{
    /// <summary>
    /// Adds the services; to be set as <c>ServerSettings.Compose</c>. Without options of the section, the server is unchanged.
    /// </summary>
    /// <param name="builder">Builder of the server, with its configuration.</param>
    public static void AddCluster(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services
            .AddPostgres(builder.Configuration)
            .AddSilo(builder.Configuration)
            .AddChanges(builder.Configuration)
            .AddObjectStore(builder.Configuration)
            .AddArtifacts(builder.Configuration)
            .AddDocuments(builder.Configuration)
            .AddSharedAssignments(builder.Configuration)
            .AddEmbeddingOnMembers(builder.Configuration)
            .AddEmbeddingGrains(builder.Configuration)
            .AddSharedVersions(builder.Configuration)
            .AddSharedErasure(builder.Configuration)
            .AddCheckpoints(builder.Configuration);
    }
}
