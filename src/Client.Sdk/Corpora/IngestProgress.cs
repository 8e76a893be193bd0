namespace TopicGrpc.Client.Corpora;

/// <summary>Progress of an ingest.</summary>
/// <param name="Acknowledged">Documents that the server has stored or rejected.</param>
/// <param name="Sent">Documents sent; a document sent again after a broken connection counts once.</param>
/// <param name="Rejected">Documents rejected.</param>
/// <param name="Reconnects">Connections opened after the first.</param>
public readonly record struct IngestProgress(long Acknowledged, long Sent, long Rejected, int Reconnects);
