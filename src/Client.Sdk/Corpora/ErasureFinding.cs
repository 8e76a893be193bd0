namespace TopicGrpc.Client.Corpora;

/// <summary>A place that contained erased documents.</summary>
/// <param name="Resource">
/// <c>corpora/{corpus}</c> for its documents and cached embeddings, or <c>models/{model}/versions/{version}</c>.
/// </param>
/// <param name="DocumentCount">Erased documents of the place.</param>
/// <param name="RepresentativeDocumentCount">Texts of representative documents among them; 0 for a corpus.</param>
/// <param name="Removed">When the last file with their bytes was replaced; null: not yet.</param>
public sealed record ErasureFinding(string Resource, long DocumentCount, long RepresentativeDocumentCount, DateTimeOffset? Removed);
