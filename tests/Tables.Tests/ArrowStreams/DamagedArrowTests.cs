using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using TopicGrpc.Tables.ArrowStreams;
using TopicGrpc.Tables.Tests.Writing;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Tables.Tests.ArrowStreams;

/// <summary>
/// Arrow data that are damaged, cut off or hostile: an error of the reader, never another exception and never much memory.
/// </summary>
public sealed class DamagedArrowTests
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Zstd)]
    [InlineData(true, CompressionCodecType.Lz4Frame)]
    public async Task Read_DataCutOffAnywhere_AreRejected(bool isFile, CompressionCodecType? codec)
    {
        byte[] whole = Small(isFile, codec);

        // The index behind the end mark of a file is not needed.
        int needed = isFile ? whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]) + 8 : whole.Length;
        for (int length = 0; length < needed; length++)
        {
            await Assert.ThrowsAsync<TableException>(() => Reading.ArrowAsync(whole[..length]));
        }

        Assert.Equal(40, (await Reading.ArrowAsync(whole[..needed])).Count);
    }

    [Theory]
    [InlineData(false, null, 1)]
    [InlineData(true, null, 2)]
    [InlineData(false, CompressionCodecType.Zstd, 3)]
    [InlineData(true, CompressionCodecType.Lz4Frame, 4)]
    public async Task Read_AnyByteChanged_ReadsOrIsRejected(bool isFile, CompressionCodecType? codec, int seed)
    {
        byte[] whole = Small(isFile, codec);
        Random random = new(seed);
        TableLimits limits = new() { BufferBytes = 1 << 20, MetadataBytes = 1 << 16 };

        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. whole];
            int changes = random.Next(1, 4);
            for (int change = 0; change < changes; change++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Exception? thrown = await Record.ExceptionAsync(() => Reading.ArrowAsync(changed, limits));

            Assert.True(thrown is null or TableException, thrown?.ToString());
        }
    }

    [Fact]
    public async Task Read_BatchAboveTheBudget_IsRejectedWithItsSize()
    {
        byte[] whole = await Written.AsBytesAsync(OutputFormat.Arrow, Written.Random(1, 2000));

        TableException thrown = await Assert.ThrowsAsync<TableException>(
            () => Reading.ArrowAsync(whole, new TableLimits { BufferBytes = 1000 }));

        Assert.Contains("at most 1,000", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("smaller record batches", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SchemaThatContainsItself_IsRejected()
    {
        // A message with a schema of one field, whose children are the fields of the schema.
        byte[] message = new byte[84];
        Write(0, 16);
        Fields(4, 10, 12, 0, 4, 8);
        Write(16, 12);
        message[20] = 1;
        Write(24, 16);
        Fields(28, 8, 8, 0, 4);
        Write(40, 12);
        Write(44, 4);
        Write(48, 1);
        Write(52, 24);
        Fields(56, 16, 8, 0, 0, 0, 0, 0, 4);
        Write(76, 20);
        Write(80, -32);

        TableException thrown = Assert.Throws<TableException>(() => MessageCheck.Check(message, new TableLimits()));

        Assert.Equal("the schema is nested too deeply", thrown.Message);

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(at), value);

        void Fields(int at, params ushort[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + (2 * i)), values[i]);
            }
        }
    }

    [Fact]
    public async Task Read_DictionaryViewsAndLists_HaveTheirValues()
    {
        List<TableValue[]> rows = await Reading.ArrowAsync(Small(isFile: false, codec: null));

        Assert.Equal(40, rows.Count);
        Assert.Equal(["text 7", "class 1", "[7 1]", "2020-01-08T00:00:00Z", "7.5"], rows[7].Select(Reading.Shown));
    }

    private static byte[] Small(bool isFile, CompressionCodecType? codec)
    {
        StringArray.Builder texts = new();
        Int8Array.Builder indices = new();
        FixedSizeListArray.Builder vectors = new(FloatType.Default, 2);
        var numbers = (FloatArray.Builder)vectors.ValueBuilder;
        Date32Array.Builder dates = new();
        HalfFloatArray.Builder halves = new();
        for (int i = 0; i < 40; i++)
        {
            texts.Append(FormattableString.Invariant($"text {i}"));
            indices.Append((sbyte)(i % 3));
            vectors.Append();
            numbers.Append(i).Append(1);
            dates.Append(new DateTime(2020, 1, 1).AddDays(i));
            halves.Append((Half)(i + 0.5f));
        }

        StringArray classes = new StringArray.Builder().Append("class 0").Append("class 1").Append("class 2").Build();
        DictionaryType type = new(Int8Type.Default, StringType.Default, ordered: false);
        using DictionaryArray coded = new(type, indices.Build(), classes);
        IArrowArray[] arrays =
        [
            texts.Build(), coded, vectors.Build(), dates.Build(), halves.Build(),
        ];
        Schema schema = new(
            arrays.Select(static (array, i) => new Field(FormattableString.Invariant($"c{i}"), array.Data.DataType, true)), null);
        IpcOptions options = new() { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() };
        using MemoryStream target = new();
        using ArrowStreamWriter writer = isFile
            ? new ArrowFileWriter(target, schema, leaveOpen: true, options)
            : new ArrowStreamWriter(target, schema, leaveOpen: true, options);
        using RecordBatch batch = new(schema, arrays, 40);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
        return target.ToArray();
    }
}
