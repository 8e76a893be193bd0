using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// A lossy copy of each row: its coordinates along at most 224 principal directions, one byte each, and the length of the
/// remainder. A query score is bounded by the product of the coordinates plus, by the Cauchy–Schwarz inequality, the
/// product of the two remainder lengths. Sixteen rows are interleaved, so that one vector holds the sums of sixteen rows.
/// </summary>
internal sealed class CoarseRows
{
    /// <summary>Rows per block.</summary>
    public const int BlockRows = 16;

    /// <summary>Queries that read the codes together: their sums fit the vector registers.</summary>
    public const int QueryGroup = 4;

    /// <summary>
    /// Maximum number of directions. More directions cost more reads; fewer leave more rows undecided (of 18,846 posts:
    /// 10,000 at 96, 2,000 at 160, 200 at 224). 224 has the lowest median latency.
    /// </summary>
    private const int MostAxes = 224;

    private const int LargestCode = 127;

    /// <summary>Margin for the rounding of single-precision products, relative to the squared length.</summary>
    private const double Slack = 4e-5;

    private readonly int _axes;
    private readonly Matrix _directions;
    private readonly ReadOnlyMemory<sbyte> _codes;
    private readonly float[] _steps;
    private readonly float[] _roundings;
    private readonly float[] _rests;
    private readonly float[] _offsets;

    public CoarseRows(Matrix rows, RowGeometry geometry, int threads, CancellationToken cancellationToken)
        : this(rows, geometry, PrincipalAxes.Find(rows, geometry.Scales, Math.Min(rows.Columns, MostAxes)))
    {
        sbyte[] codes = new sbyte[checked(Blocks * BlockRows * _axes)];
        _codes = codes;
        _steps = new float[Blocks * BlockRows];
        _roundings = new float[_steps.Length];
        _rests = new float[_steps.Length];
        Encode(rows, geometry, codes, threads, cancellationToken);
    }

    /// <summary>Wraps stored codes.</summary>
    /// <exception cref="ArgumentException">The sizes do not match the rows.</exception>
    public CoarseRows(Matrix rows, RowGeometry geometry, CoarseCodes stored)
        : this(rows, geometry, stored.Directions)
    {
        int padded = Blocks * BlockRows;
        if (stored.Directions.Rows != Math.Min(rows.Columns, MostAxes)
            || stored.Directions.Columns != rows.Columns
            || stored.Codes.Length != (long)padded * _axes
            || stored.Steps.Length != padded || stored.Roundings.Length != padded || stored.Rests.Length != padded)
        {
            throw new ArgumentException("The sizes of the coarse codes do not match the rows.", nameof(stored));
        }

        _codes = stored.Codes;
        _steps = stored.Steps;
        _roundings = stored.Roundings;
        _rests = stored.Rests;
    }

    private CoarseRows(Matrix rows, RowGeometry geometry, Matrix directions)
    {
        _directions = directions;
        _axes = (directions.Rows + 1) / 2 * 2;
        Blocks = (rows.Rows + BlockRows - 1) / BlockRows;
        _steps = _roundings = _rests = [];
        _offsets = new float[Blocks * BlockRows];
        geometry.Offsets.CopyTo(_offsets, 0);
        _offsets.AsSpan(rows.Rows).Fill(float.PositiveInfinity);
        LargestQueryCode = (int)Math.Min(short.MaxValue, int.MaxValue / ((long)LargestCode * Math.Max(1, _axes)));
    }

    private CoarseRows(CoarseRows source, sbyte[] codes)
    {
        _directions = source._directions;
        _axes = source._axes;
        _codes = codes;
        _steps = [.. source._steps];
        _roundings = [.. source._roundings];
        _rests = [.. source._rests];
        _offsets = source._offsets;
        Blocks = source.Blocks;
        LargestQueryCode = source.LargestQueryCode;
    }

    /// <summary>Orthonormal directions, one per row.</summary>
    public Matrix Directions => _directions;

    /// <summary>
    /// Codes by block. Within a block, coordinates are stored in pairs: each pair for all sixteen rows, then the next pair.
    /// </summary>
    public ReadOnlyMemory<sbyte> Codes => _codes;

    /// <summary>Value of one code unit of each row. Like the next two arrays, padded to whole blocks.</summary>
    public float[] Steps => _steps;

    /// <summary>Length of each row's rounding error.</summary>
    public float[] Roundings => _roundings;

    /// <summary>Length of each row's remainder outside the directions.</summary>
    public float[] Rests => _rests;

    /// <summary>Number of blocks. The upper bound of a padding row is minus infinity.</summary>
    public int Blocks { get; }

    /// <summary>Coordinates per row, an even number.</summary>
    public int Axes => _axes;

    private int LargestQueryCode { get; }

    /// <summary>Returns a copy with zeros in place of some rows.</summary>
    public CoarseRows Zeroed(int[] rows)
    {
        sbyte[] codes = _codes.ToArray();
        CoarseRows copy = new(this, codes);
        foreach (int row in rows)
        {
            Span<sbyte> block = codes.AsSpan(row / BlockRows * BlockRows * _axes, BlockRows * _axes);
            for (int axis = 0; axis < _axes; axis++)
            {
                block[PlaceOf(row, axis)] = 0;
            }

            copy._steps[row] = copy._roundings[row] = copy._rests[row] = 0f;
        }

        return copy;
    }

    /// <summary>Rounds the coordinates of a query to codes.</summary>
    /// <param name="query">Query, d values.</param>
    /// <param name="scale">Scale factor of the query.</param>
    /// <param name="length">Scaled length of the query.</param>
    /// <param name="largestNorm">Scaled length of the longest stored row.</param>
    /// <param name="codes">Receives <see cref="Axes"/> codes.</param>
    public CoarseQuery Encode(ReadOnlySpan<float> query, float scale, float length, float largestNorm, Span<short> codes)
    {
        Span<float> coordinates = stackalloc float[_axes];
        float largest = 0f;
        double square = 0.0;
        for (int axis = 0; axis < _directions.Rows; axis++)
        {
            float value = scale * System.Numerics.Tensors.TensorPrimitives.Dot<float>(query, _directions.Row(axis));
            coordinates[axis] = value;
            square += (double)value * value;
            largest = Math.Max(largest, Math.Abs(value));
        }

        float step = largest / LargestQueryCode;
        double rounding = 0.0;
        for (int axis = 0; axis < _axes; axis++)
        {
            codes[axis] = (short)(step > 0f ? MathF.Round(coordinates[axis] / step) : 0f);
            double difference = coordinates[axis] - (double)(codes[axis] * step);
            rounding += difference * difference;
        }

        // The length of a coded row is less than twice the length of the row.
        double slack = (2.0 * Math.Sqrt(rounding) * largestNorm) + (Slack * largestNorm * (largestNorm + length));
        return new CoarseQuery(step, (float)Math.Sqrt(square), Rest((double)length * length, square), (float)slack);
    }

    /// <summary>Computes an upper bound of the score of every row for several queries, which read the codes of the rows once.</summary>
    /// <param name="queries">At most <see cref="QueryGroup"/> queries.</param>
    /// <param name="codes">Their codes, one query after the other.</param>
    /// <param name="upper">Receives the bounds, 16 per block, one query after the other.</param>
    public void Bound(ReadOnlySpan<CoarseQuery> queries, ReadOnlySpan<short> codes, Span<float> upper)
    {
        int padded = Blocks * BlockRows;
        Span<int> sums = stackalloc int[QueryGroup * BlockRows];
        ReadOnlySpan<sbyte> rows = _codes.Span;
        for (int block = 0; block < Blocks; block++)
        {
            ReadOnlySpan<sbyte> blockCodes = rows.Slice(block * BlockRows * _axes, BlockRows * _axes);
            if (queries.Length == QueryGroup && Avx512BW.IsSupported)
            {
                SumsOfGroup(codes[..(QueryGroup * _axes)], blockCodes, sums);
            }
            else
            {
                for (int query = 0; query < queries.Length; query++)
                {
                    Sums(codes.Slice(query * _axes, _axes), blockCodes, sums.Slice(query * BlockRows, BlockRows));
                }
            }

            for (int query = 0; query < queries.Length; query++)
            {
                Bound(
                    block,
                    sums.Slice(query * BlockRows, BlockRows),
                    queries[query],
                    upper.Slice((query * padded) + (block * BlockRows), BlockRows));
            }
        }
    }

    /// <summary>
    /// Computes the sixteen dot products of one block. Reference implementation, and the fallback without vector
    /// instructions.
    /// </summary>
    internal static void SumsScalar(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, Span<int> sums)
    {
        sums.Clear();
        for (int i = 0; i < codes.Length; i++)
        {
            sums[i / 2 % BlockRows] += query[(i / (2 * BlockRows) * 2) + (i % 2)] * codes[i];
        }
    }

    /// <summary>Computes the sixteen dot products of one block with the widest vectors of the machine.</summary>
    internal static void Sums(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, Span<int> sums)
    {
        if (!Avx2.IsSupported)
        {
            SumsScalar(query, codes, sums);
            return;
        }

        ref sbyte code = ref MemoryMarshal.GetReference(codes);
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(query);
        if (Avx512BW.IsSupported)
        {
            Vector512<int> wide = Vector512<int>.Zero;
            for (int pair = 0; pair < pairs.Length; pair++)
            {
                Vector512<short> row = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref code, (nuint)(pair * 2 * BlockRows)));
                wide += Avx512BW.MultiplyAddAdjacent(row, Vector512.Create(pairs[pair]).AsInt16());
            }

            wide.CopyTo(sums);
            return;
        }

        Vector256<int> low = Vector256<int>.Zero;
        Vector256<int> high = Vector256<int>.Zero;
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            Vector256<short> two = Vector256.Create(pairs[pair]).AsInt16();
            nuint at = (nuint)(pair * 2 * BlockRows);
            low += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, at)), two);
            high += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, at + BlockRows)), two);
        }

        low.CopyTo(sums);
        high.CopyTo(sums[8..]);
    }

    /// <summary>Computes the sixteen dot products of one block with each of <see cref="QueryGroup"/> queries.</summary>
    internal static void SumsOfGroup(ReadOnlySpan<short> queries, ReadOnlySpan<sbyte> codes, Span<int> sums)
    {
        int length = queries.Length / QueryGroup / 2;
        ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, length * 2 * BlockRows);
        ref sbyte code = ref MemoryMarshal.GetReference(codes);
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(queries);
        ReadOnlySpan<int> first = pairs[..length];
        ReadOnlySpan<int> second = pairs.Slice(length, length);
        ReadOnlySpan<int> third = pairs.Slice(2 * length, length);
        ReadOnlySpan<int> fourth = pairs.Slice(3 * length, length);
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default;

        // The conditions after the first let the compiler omit the checks of bounds.
        for (int pair = 0; pair < first.Length && pair < second.Length && pair < third.Length && pair < fourth.Length; pair++)
        {
            Vector512<short> row = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref code, (nuint)(pair * 2 * BlockRows)));
            s0 += Avx512BW.MultiplyAddAdjacent(row, Vector512.Create(first[pair]).AsInt16());
            s1 += Avx512BW.MultiplyAddAdjacent(row, Vector512.Create(second[pair]).AsInt16());
            s2 += Avx512BW.MultiplyAddAdjacent(row, Vector512.Create(third[pair]).AsInt16());
            s3 += Avx512BW.MultiplyAddAdjacent(row, Vector512.Create(fourth[pair]).AsInt16());
        }

        s0.CopyTo(sums);
        s1.CopyTo(sums[BlockRows..]);
        s2.CopyTo(sums[(2 * BlockRows)..]);
        s3.CopyTo(sums[(3 * BlockRows)..]);
    }

    private void Bound(int block, ReadOnlySpan<int> sums, CoarseQuery bound, Span<float> upper)
    {
        for (int i = 0; i < BlockRows; i += Vector256<float>.Count)
        {
            int row = (block * BlockRows) + i;
            var steps = Vector256.Create(_steps, row);
            var rests = Vector256.Create(_rests, row);
            var roundings = Vector256.Create(_roundings, row);
            Vector256<float> product = Vector256.ConvertToSingle(Vector256.Create(sums[i..])) * (steps * bound.Step);
            Vector256<float> error = (roundings * bound.Length) + (rests * bound.Rest) + Vector256.Create(bound.Slack);
            (product + error - Vector256.Create(_offsets, row)).CopyTo(upper[i..]);
        }
    }

    private void Encode(Matrix rows, RowGeometry geometry, sbyte[] codes, int threads, CancellationToken cancellationToken)
    {
        int panels = (_directions.Rows + TileProduct.RightRows - 1) / TileProduct.RightRows;
        int panelLength = TileProduct.RightRows * rows.Columns;
        float[] right = new float[panels * panelLength];
        float[] ones = new float[_directions.Rows];
        ones.AsSpan().Fill(1f);
        for (int panel = 0; panel < panels; panel++)
        {
            Span<float> target = right.AsSpan(panel * panelLength, panelLength);
            PackedRows.Pack(_directions, ones, panel * TileProduct.RightRows, TileProduct.RightRows, target);
        }

        // A block of the loop is a whole number of blocks of codes.
        RowBlocks.Run(rows.Rows, 16 * BlockRows, threads, (_, start, end) =>
        {
            EncodePart(rows, geometry, right, start, end, codes);
        }, cancellationToken);
    }

    private void EncodePart(Matrix rows, RowGeometry geometry, float[] right, int start, int end, Span<sbyte> codes)
    {
        int panelLength = TileProduct.RightRows * rows.Columns;
        int panels = right.Length / Math.Max(1, panelLength);
        float[] left = new float[TileProduct.LeftRows * rows.Columns];
        float[] tile = new float[TileProduct.LeftRows * TileProduct.RightRows];
        Matrix coordinates = new(TileProduct.LeftRows, panels * TileProduct.RightRows);
        for (int first = start; first < end; first += TileProduct.LeftRows)
        {
            PackedRows.Pack(rows, geometry.Scales, first, TileProduct.LeftRows, left);
            for (int panel = 0; panel < panels; panel++)
            {
                TileProduct.Multiply(left, right.AsSpan(panel * panelLength, panelLength), rows.Columns, tile);
                for (int row = 0; row < TileProduct.LeftRows; row++)
                {
                    ReadOnlySpan<float> products = tile.AsSpan(row * TileProduct.RightRows, TileProduct.RightRows);
                    products.CopyTo(coordinates.Row(row)[(panel * TileProduct.RightRows)..]);
                }
            }

            for (int row = first; row < Math.Min(end, first + TileProduct.LeftRows); row++)
            {
                Span<sbyte> block = codes.Slice(row / BlockRows * BlockRows * _axes, BlockRows * _axes);
                Encode(row, coordinates.Row(row - first)[..Math.Min(_axes, coordinates.Columns)], geometry.ScaledSquare(row), block);
            }
        }
    }

    private void Encode(int row, ReadOnlySpan<float> coordinates, double squaredLength, Span<sbyte> block)
    {
        double step = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(coordinates)) / (double)LargestCode;
        double square = 0.0;
        double rounding = 0.0;
        for (int axis = 0; axis < coordinates.Length && step > 0.0; axis++)
        {
            int code = (int)Math.Round(coordinates[axis] / step);
            block[PlaceOf(row, axis)] = (sbyte)code;
            double difference = coordinates[axis] - (code * step);
            rounding += difference * difference;
            square += (double)coordinates[axis] * coordinates[axis];
        }

        _steps[row] = (float)step;
        _roundings[row] = (float)Math.Sqrt(rounding);
        _rests[row] = Rest(squaredLength, square);
    }

    private static int PlaceOf(int row, int axis) => (axis / 2 * 2 * BlockRows) + (row % BlockRows * 2) + (axis % 2);

    /// <summary>
    /// Returns the length of the remainder, never an underestimate: the margin under the root exceeds the rounding error.
    /// </summary>
    private static float Rest(double squaredLength, double square) =>
        (float)Math.Sqrt(Math.Max(0.0, squaredLength - square) + (Slack * squaredLength));
}
