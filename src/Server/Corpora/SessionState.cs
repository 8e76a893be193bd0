namespace TopicGrpc.Server.Corpora;

/// <summary>How far an ingest session has come.</summary>
/// <param name="Id">Id chosen by the client.</param>
/// <param name="NextOffset">Documents dealt with.</param>
/// <param name="Rejected">Documents refused.</param>
/// <param name="Duplicates">Documents that the corpus held already.</param>
internal sealed record SessionState(string Id, long NextOffset, long Rejected, long Duplicates);
