namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>An upload that was begun and neither completed nor aborted. It occupies space and no listing of objects shows it.</summary>
/// <param name="Key">Key that the object would have.</param>
/// <param name="UploadId">Id that the store gave the upload.</param>
internal sealed record UnfinishedUpload(string Key, string UploadId);
