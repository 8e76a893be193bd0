using System.Buffers.Binary;
using System.Text.Json;
using TopicGrpc.Client.Maps;
using TopicGrpc.Explorer.Map;

namespace TopicGrpc.Explorer.Tests.Map;

public sealed class MapFilesTests
{
    [Fact]
    public void Points_FewTopics_TakeSevenBytesEach()
    {
        byte[] file = MapFiles.Points(SampleMap.Of([4, -1, 65_533]));

        Assert.Equal(16 + (3 * 7), file.Length);
        Assert.Equal("TGM1"u8.ToArray(), file[..4]);
        Assert.Equal((3, 2), (Number(file, 4), Number(file, 8)));
        Assert.Equal((1, 2), (Short(file, 16), Short(file, 18)));
        Assert.Equal([4, 65_535, 65_533], [Short(file, 28), Short(file, 30), Short(file, 32)]);
        Assert.Equal([0, 10, 20], file[34..]);
    }

    [Fact]
    public void Points_ManyTopics_TakeNineBytesEach()
    {
        byte[] file = MapFiles.Points(SampleMap.Of([70_000, -1]));

        Assert.Equal((16 + (2 * 9), 4), (file.Length, Number(file, 8)));
        Assert.Equal((70_000, -1), (Number(file, 24), Number(file, 28)));
    }

    [Fact]
    public void Classes_NamesWithMarkup_AreJsonBeforeAlignedValues()
    {
        byte[] file = MapFiles.Classes(new MapClasses
        {
            Model = "m",
            Version = 1,
            Attribute = "a",
            ClassNames = ["<b>", "é"],
            Classes = new[] { 1, 0, 3 },
        });

        int length = Number(file, 0);
        JsonElement description = JsonDocument.Parse(file.AsMemory(4, length)).RootElement;
        int at = 4 + ((length + 3) / 4 * 4);
        Assert.Equal("attribute", description.GetProperty("kind").GetString());
        Assert.Equal(["<b>", "é"], description.GetProperty("names").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal([1, 0, 3], [Short(file, at), Short(file, at + 2), Short(file, at + 4)]);
        Assert.Equal(at + 6, file.Length);
    }

    [Fact]
    public void Times_DocumentsWithoutTime_AreZero()
    {
        byte[] file = MapFiles.Times(new MapTimes
        {
            Model = "m",
            Version = 1,
            First = DateTimeOffset.FromUnixTimeSeconds(1000),
            Seconds = new[] { 0L, -1L, 60L },
        });

        int length = Number(file, 0);
        JsonElement description = JsonDocument.Parse(file.AsMemory(4, length)).RootElement;
        int at = 4 + ((length + 3) / 4 * 4);
        Assert.Equal((1000, 60), (description.GetProperty("first").GetInt64(), description.GetProperty("span").GetInt64()));
        Assert.Equal([1, 0, 61], [Number(file, at), Number(file, at + 4), Number(file, at + 8)]);
    }

    private static int Number(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}
