namespace TopicGrpc.Engine.Topics;

/// <summary>
/// A training document that represents its topic. The model keeps the text, so it remains available after the corpus is deleted.
/// </summary>
/// <param name="Row">Row number in the model.</param>
/// <param name="Id">Document id.</param>
/// <param name="Text">Full text.</param>
public sealed record RepresentativeDocument(int Row, string Id, string Text);
