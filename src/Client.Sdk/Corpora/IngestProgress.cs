namespace TopicGrpc.Client.Corpora;

/// <summary>Where an ingest stands.</summary>
/// <param name="Acknowledged">Documents that the server has made durable or refused.</param>
/// <param name="Sent">Documents sent, those sent again after a broken connection counted once.</param>
/// <param name="Rejected">Documents refused.</param>
/// <param name="Reconnects">Connections opened after the first.</param>
public readonly record struct IngestProgress(long Acknowledged, long Sent, long Rejected, int Reconnects);
