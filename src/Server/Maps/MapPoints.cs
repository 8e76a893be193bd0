using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Maps;

/// <summary>Points of a version as they are sent, with the labels of the topics.</summary>
/// <param name="Map">The points.</param>
/// <param name="Probabilities">Membership strength of each point, 0 to 255.</param>
/// <param name="Labels">Labels, the largest topic first.</param>
/// <param name="Etag">Hash of points, topics, strengths and labels.</param>
internal sealed record MapPoints(QuantizedMap Map, byte[] Probabilities, IReadOnlyList<MapLabel> Labels, string Etag) : MapPart
{
    /// <summary>Bytes of the coordinates of one point.</summary>
    public const int PositionBytes = 2 * sizeof(ushort);

    private const int LabelBytes = 160;

    /// <inheritdoc/>
    public override long Bytes => ((long)PositionBytes * Map.Count) + Probabilities.Length + ((long)LabelBytes * Labels.Count);

    public static MapPoints Of(TopicModel model, Matrix points)
    {
        var map = QuantizedMap.Of(Shown(model, points));
        byte[] probabilities = new byte[map.Count];
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = (byte)Math.Round(Math.Clamp(model.Strengths[row], 0, 1) * byte.MaxValue);
        }

        IReadOnlyList<MapLabel> labels = MapLabels.Place(model.Topics, model.Assignments, map, model.Layers);
        return new MapPoints(map, probabilities, labels, Hash(map, model.Assignments, probabilities, labels));
    }

    /// <summary>Puts each erased document at the point of another document, so that a map shows nothing of it.</summary>
    private static Matrix Shown(TopicModel model, Matrix points)
    {
        if (model.ErasedRows.Length == 0)
        {
            return points;
        }

        Matrix shown = new(points.Rows, points.Columns, points.Span.ToArray());
        HashSet<int> erased = [.. model.ErasedRows];
        int next = Enumerable.Range(0, points.Rows).FirstOrDefault(row => !erased.Contains(row));
        for (int row = 0; row < points.Rows; row++)
        {
            next = erased.Contains(row) ? next : row;
            points.Row(next).CopyTo(shown.Row(row));
        }

        return shown;
    }

    /// <summary>Copies coordinates of points as little-endian numbers.</summary>
    public static byte[] Positions(QuantizedMap map, int first, int count)
    {
        ReadOnlySpan<ushort> coordinates = map.Coordinates.Slice(2 * first, 2 * count);
        byte[] positions = MemoryMarshal.AsBytes(coordinates).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(coordinates, MemoryMarshal.Cast<byte, ushort>(positions.AsSpan()));
        }

        return positions;
    }

    private static string Hash(QuantizedMap map, int[] assignments, byte[] probabilities, IReadOnlyList<MapLabel> labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{map.X} {map.Y} {map.Count}\n")));
        hash.AppendData(MemoryMarshal.AsBytes(map.Coordinates));
        hash.AppendData(MemoryMarshal.AsBytes(assignments.AsSpan()));
        hash.AppendData(probabilities);
        foreach (MapLabel label in labels)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                FormattableString.Invariant(
                    $"{label.Layer} {label.TopicId} {label.X} {label.Y} {label.MinZoom} {label.MaxZoom} {label.Text}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
