using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Tests.ParquetFiles;

/// <summary>
/// One row group of many small pages, as pandas writes it: pages of the columns end at different rows, and a list continues on the next
/// page.
/// </summary>
public sealed class ManyPagesTests
{
    private const int Rows = 1000;

    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(10_000)]
    public async Task Read_ListsAcrossPages_AreWhole(int valuesPerPage)
    {
        List<TableValue[]> rows = await Reading.ParquetAsync(File(valuesPerPage));

        Assert.Equal(Rows, rows.Count);
        for (int i = 0; i < Rows; i++)
        {
            Assert.Equal([Number(i), Shown(i)], rows[i].Select(Reading.Shown));
        }
    }

    [Fact]
    public async Task Read_BudgetOfTwoPages_ReadsAnyNumberOfRows()
    {
        byte[] file = File(valuesPerPage: 16);

        List<TableValue[]> rows = await Reading.ParquetAsync(file, new TableLimits { BufferBytes = 512 });

        Assert.Equal(Rows, rows.Count);
        Assert.True(file.Length > 20 * 512);
    }

    private static string Number(int i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static float[]? Vector(int i) => (i % 5) switch
    {
        0 => null,
        1 => [],
        _ => [.. Enumerable.Range(0, i % 13).Select(j => i + (j / 8f))],
    };

    private static string Shown(int i) => Reading.Shown(Vector(i) is { } vector ? TableValue.Vector(vector) : TableValue.Null);

    private static byte[] File(int valuesPerPage)
    {
        List<byte> file = [.. "PAR1"u8];
        (long numbersAt, long numbersBytes) = Append(file, NumberPages(valuesPerPage));
        List<(int Repetition, int Definition, float Value)> values = Values();
        (long vectorsAt, long vectorsBytes) = Append(file, VectorPages(values, valuesPerPage));
        byte[] footer = new ThriftBytes()
            .Int(1, 1)
            .List(
                2,
                new ThriftBytes().Text(4, "schema").Int(5, 2),
                new ThriftBytes().Int(1, 2).Int(3, 0).Text(4, "number"),
                new ThriftBytes().Int(3, 1).Text(4, "vector").Int(5, 1).Int(6, 3),
                new ThriftBytes().Int(3, 2).Text(4, "list").Int(5, 1),
                new ThriftBytes().Int(1, 4).Int(3, 0).Text(4, "element"))
            .Int(3, Rows)
            .List(4, new ThriftBytes()
                .List(1, Chunk(2, Rows, numbersBytes, numbersAt), Chunk(4, values.Count, vectorsBytes, vectorsAt))
                .Int(2, numbersBytes + vectorsBytes)
                .Int(3, Rows))
            .ToArray();
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. file, .. footer, .. length, .. "PAR1"u8];
    }

    private static (long At, long Bytes) Append(List<byte> file, IEnumerable<byte[]> pages)
    {
        long at = file.Count;
        foreach (byte[] page in pages)
        {
            file.AddRange(page);
        }

        return (at, file.Count - at);
    }

    private static ThriftBytes Chunk(int type, long values, long bytes, long at) => new ThriftBytes()
        .Int(2, 0)
        .Structure(3, new ThriftBytes().Int(1, type).Int(4, 0).Int(5, values).Int(6, bytes).Int(7, bytes).Int(9, at));

    private static IEnumerable<byte[]> NumberPages(int valuesPerPage)
    {
        foreach (int[] page in Enumerable.Range(0, Rows).Chunk(valuesPerPage))
        {
            long[] numbers = [.. page.Select(static i => (long)i)];
            yield return Page(MemoryMarshal.AsBytes<long>(numbers).ToArray(), page.Length);
        }
    }

    private static List<(int Repetition, int Definition, float Value)> Values()
    {
        List<(int, int, float)> values = [];
        for (int i = 0; i < Rows; i++)
        {
            float[]? vector = Vector(i);
            if (vector is null or [])
            {
                values.Add((0, vector is null ? 0 : 1, 0));
            }

            for (int j = 0; j < (vector?.Length ?? 0); j++)
            {
                values.Add((j == 0 ? 0 : 1, 2, vector![j]));
            }
        }

        return values;
    }

    private static IEnumerable<byte[]> VectorPages(List<(int Repetition, int Definition, float Value)> values, int valuesPerPage)
    {
        foreach ((int Repetition, int Definition, float Value)[] page in values.Chunk(valuesPerPage))
        {
            float[] numbers = [.. page.Where(static value => value.Definition == 2).Select(static value => value.Value)];
            byte[] content =
            [
                .. Levels(page.Select(static value => value.Repetition)),
                .. Levels(page.Select(static value => value.Definition)),
                .. MemoryMarshal.AsBytes<float>(numbers),
            ];
            yield return Page(content, page.Length);
        }
    }

    // Every level is a run of one, behind the size of all runs.
    private static byte[] Levels(IEnumerable<int> levels)
    {
        byte[] runs = [.. levels.SelectMany(static level => new byte[] { 2, (byte)level })];
        byte[] size = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, runs.Length);
        return [.. size, .. runs];
    }

    private static byte[] Page(byte[] content, int values) =>
    [
        .. new ThriftBytes()
            .Int(1, 0)
            .Int(2, content.Length)
            .Int(3, content.Length)
            .Structure(5, new ThriftBytes().Int(1, values).Int(2, 0).Int(3, 3).Int(4, 3))
            .ToArray(),
        .. content,
    ];
}
