using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Storage;

public sealed class DiskStorageTests
{
    [Fact]
    public void Flush_SystemThatReportsAnError_Throws()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "fsync of a device that cannot be flushed fails with EINVAL on Linux.");
        using IStoredFile file = DiskStorage.Instance.Open("/dev/null", FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(file.Flush);
    }

    [Fact]
    public void FlushFolder_Missing_Throws()
    {
        using TempFolder folder = new();

        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows flushes no folders.");
        Assert.Throws<IOException>(() => DiskStorage.Instance.FlushFolder(Path.Combine(folder.Path, "missing")));
    }

    [Fact]
    public void MoveFolder_TakenName_ThrowsAndKeepsBoth()
    {
        using TempFolder folder = new();
        string source = Path.Combine(folder.Path, "a", "b");
        string destination = Path.Combine(folder.Path, "c", "d");
        DiskStorage.Instance.CreateFolder(source);
        DiskStorage.Instance.CreateFolder(destination);

        Assert.Throws<IOException>(() => DiskStorage.Instance.MoveFolder(source, destination));

        Assert.True(DiskStorage.Instance.FolderExists(source));
        Assert.Equal([destination], DiskStorage.Instance.ListFolders(Path.Combine(folder.Path, "c")));
    }

    [Fact]
    public void ReplaceFile_ExistingFile_HasTheNewContent()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "file");
        DiskStorage.Instance.WriteNew(path, [1]);
        DiskStorage.Instance.WriteNew(path + ".new", [2, 3]);

        DiskStorage.Instance.ReplaceFile(path + ".new", path);

        Assert.Equal([2, 3], DiskStorage.Instance.ReadBytes(path, 10));
        Assert.Equal([path], DiskStorage.Instance.ListFiles(folder.Path));
    }

    [Fact]
    public void ReadBytes_LongerThanTheLimit_IsRejected()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "file");
        DiskStorage.Instance.WriteNew(path, [1, 2, 3]);

        Assert.Throws<InvalidDataException>(() => DiskStorage.Instance.ReadBytes(path, 2));
    }
}
