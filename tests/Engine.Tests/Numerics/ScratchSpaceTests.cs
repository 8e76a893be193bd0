using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class ScratchSpaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-scratch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_RowsInAnyOrder_AreReadAtTheirPlaces()
    {
        using ScratchRows rows = new(DiskStorage.Instance, _folder, 5, 3);
        Matrix matrix = rows.First(5);

        rows.Write(3, [10, 11, 12, 13, 14, 15]);
        rows.Write(0, [1, 2, 3]);

        Assert.Equal([1f, 2, 3], matrix.Row(0));
        Assert.Equal([0f, 0, 0], matrix.Row(1));
        Assert.Equal([13f, 14, 15], matrix.Row(4));
        Assert.Equal(2, rows.First(2).Rows);
    }

    [Fact]
    public void Write_OutsideTheRows_IsRejected()
    {
        using ScratchRows rows = new(DiskStorage.Instance, _folder, 5, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Write(5, [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Write(-1, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => rows.Write(0, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.First(6));
    }

    [Fact]
    public void CreateScratch_WhileOpen_HasNoNameThatAnotherProgramCouldShorten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes the name when the file is closed.");
        using IScratchFile file = DiskStorage.Instance.CreateScratch(_folder, 4096);
        file.Write([1, 2, 3], 4093);

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Equal(3, NativeValues<byte>.Of(file.Address, 4096).Span[4095]);
    }

    [Fact]
    public void CreateScratch_LongerThanTheDisk_FailsBeforeAnythingIsMapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is known to reserve the blocks of a new file.");
        DriveInfo drive = new(_folder);

        Assert.ThrowsAny<IOException>(() => DiskStorage.Instance.CreateScratch(_folder, drive.AvailableFreeSpace * 2));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void CreateScratch_MissingFolder_IsAnErrorOfTheDisk()
    {
        Assert.ThrowsAny<IOException>(() => DiskStorage.Instance.CreateScratch(Path.Combine(_folder, "missing"), 4096));
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(9000, 31)]
    [InlineData(3, 100_001)]
    public void Create_FileOrHeap_HaveTheSameValues(int rows, int columns)
    {
        using ScratchSpace scratch = new(DiskStorage.Instance, _folder) { FewestValues = 1 };

        Matrix file = scratch.Create(rows, columns, Fill);
        Matrix heap = ScratchSpace.Heap.Create(rows, columns, Fill);

        Assert.True(file.Span.SequenceEqual(heap.Span));
        Assert.Equal((rows * columns) - 1, file.Row(rows - 1)[columns - 1]);

        void Fill(int row, Span<float> values)
        {
            Assert.False(values.ContainsAnyExcept(0f));
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ((long)row * columns) + i;
            }
        }
    }

    [Fact]
    public void Reserve_Heap_IsRejected() => Assert.Throws<InvalidOperationException>(() => ScratchSpace.Heap.Reserve(1, 1));
}
