namespace TopicGrpc.PredictService;

/// <summary>Body of a request.</summary>
/// <param name="Text">Text to predict.</param>
internal sealed record TextToPredict(string Text);
