namespace TopicGrpc.Client.Topics;

/// <summary>A representative document of a topic.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; the server may truncate it.</param>
public sealed record RepresentativeDocument(string Id, string Text);
