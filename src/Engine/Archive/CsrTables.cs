using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>Reads and writes a sparse matrix (CSR) as three files: row starts, columns, values.</summary>
internal static class CsrTables
{
    private const string Starts = ".starts";
    private const string Columns = ".columns";
    private const string Values = ".values";

    public static void Write(ArchiveWriter writer, string name, CsrMatrix<double> matrix)
    {
        writer.Write(name + Starts, matrix.RowStarts);
        writer.Write(name + Columns, matrix.ColumnIndices);
        writer.Write(name + Values, matrix.Values);
    }

    public static void Write(ArchiveWriter writer, string name, CsrMatrix<int> matrix)
    {
        writer.Write(name + Starts, matrix.RowStarts);
        writer.Write(name + Columns, matrix.ColumnIndices);
        writer.Write(name + Values, matrix.Values);
    }

    public static bool Has(ArchiveContent content, string name) => content.Has(name + Starts);

    public static CsrMatrix<double> ReadDoubles(ArchiveContent content, string name, int columns) =>
        Read(content, name, columns, () => content.Doubles(name + Values));

    public static CsrMatrix<int> ReadIntegers(ArchiveContent content, string name, int columns) =>
        Read(content, name, columns, () => content.Integers(name + Values));

    private static CsrMatrix<T> Read<T>(ArchiveContent content, string name, int columns, Func<T[]> values)
        where T : struct
    {
        CsrMatrix<T> ReadNow() => Checked(name, columns, content.Integers(name + Starts), content.Integers(name + Columns), values());
        return content.IsNative ? new CsrMatrix<T>(Math.Max(0, content.ShapeOf(name + Starts).Rows - 1), columns, ReadNow) : ReadNow();
    }

    private static CsrMatrix<T> Checked<T>(string name, int columns, int[] starts, int[] columnIndices, T[] values)
        where T : struct
    {
        bool fits = starts.Length > 0 && starts[0] == 0 && starts[^1] == columnIndices.Length && values.Length == columnIndices.Length;
        for (int row = 1; fits && row < starts.Length; row++)
        {
            fits = starts[row] >= starts[row - 1];
        }

        for (int i = 0; fits && i < columnIndices.Length; i++)
        {
            fits = (uint)columnIndices[i] < (uint)columns;
        }

        return fits
            ? new CsrMatrix<T>(columns, starts, columnIndices, values)
            : throw new InvalidDataException($"{name} is not a sparse matrix of {columns} columns.");
    }
}
