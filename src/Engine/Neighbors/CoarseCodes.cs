using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>Stored arrays of <see cref="CoarseRows"/>. The rows are padded to whole blocks.</summary>
/// <param name="Directions">Orthonormal directions, one per row.</param>
/// <param name="Codes">Coordinates of all rows along the directions, one byte each, interleaved by block.</param>
/// <param name="Steps">Value of one code unit, per row.</param>
/// <param name="Roundings">Length of the rounding error, per row.</param>
/// <param name="Rests">Length of the remainder, per row.</param>
internal sealed record CoarseCodes(Matrix Directions, ReadOnlyMemory<sbyte> Codes, float[] Steps, float[] Roundings, float[] Rests);
