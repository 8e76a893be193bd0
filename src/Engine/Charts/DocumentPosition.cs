namespace TopicGrpc.Engine.Charts;

/// <summary>Position of a text on a map of documents.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="NearestRow">Row of the nearest training document by embedding.</param>
public readonly record struct DocumentPosition(float X, float Y, int NearestRow);
