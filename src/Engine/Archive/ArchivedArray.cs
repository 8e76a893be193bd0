namespace TopicGrpc.Engine.Archive;

/// <summary>An array read from an archive.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Values">A <c>float[]</c>, <c>double[]</c>, <c>int[]</c> or <c>string[]</c> of rows × columns values, or the <c>byte[]</c> of a file that is no array.</param>
internal sealed record ArchivedArray(int Rows, int Columns, Array Values);
