using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>A row that names the stored result of a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Inputs">Hash of everything on which the result depends.</param>
/// <param name="Duration">Time that the stage took.</param>
/// <param name="Publication">Id of the publication that wrote the objects.</param>
/// <param name="Reference">Reference to their manifest.</param>
internal sealed record StoredStage(FitStage Stage, string Inputs, TimeSpan Duration, string Publication, ArtifactReference Reference)
{
    /// <summary>Name of the result in the ledger. A run may store the result of a stage again, so fit and stage are not unique.</summary>
    public string Owner => OwnerOf(Publication);

    /// <summary>Returns the name of a result in the ledger.</summary>
    public static string OwnerOf(string publication) => "checkpoint " + publication;
}
