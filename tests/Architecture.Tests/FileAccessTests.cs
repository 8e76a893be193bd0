using Xunit;

namespace TopicGrpc.Architecture.Tests;

/// <summary>
/// Files of the data folder are used through <c>IFileStorage</c> alone, so that tests can make every call fail. The analyzer bans the types
/// of <c>BannedSymbols.Files.txt</c>; this test keeps the list of exceptions short.
/// </summary>
public sealed class FileAccessTests
{
    private static readonly string[] Allowed =
    [
        "src/Engine/Storage/DiskFile.cs", // the implementation
        "src/Engine/Storage/DiskStorage.cs", // the implementation
        "src/Engine/Storage/DurableFlush.cs", // FlushFileBuffers of Windows
        "src/Engine/Storage/ScratchFile.cs", // files without a name
        "src/Server/Authentication/SigningKeys.cs", // files of the operator outside the data folder
        "src/Server/Hosting/StandardError.cs", // the error output of the process
        "src/Server/Storage/DiskSpace.cs", // reserved blocks
        "src/Server/Storage/FolderIdentity.cs", // the file of the database
        "src/Server/Storage/FolderStart.cs", // the lock
        "src/Server/Storage/Sqlite/DatabaseOpening.cs", // files of SQLite
        "src/Server/Storage/Sqlite/SqliteFile.cs", // files of SQLite
        "src/Server/Tls/CertificateFiles.cs", // files of the operator outside the data folder
    ];

    [Theory]
    [InlineData("src/Engine/Engine.csproj")]
    [InlineData("src/Server/Server.csproj")]
    public void Project_StorageUser_BansDirectFileAccess(string project) =>
        Assert.Contains("BannedSymbols.Files.txt", File.ReadAllText(Path.Combine(Repository.Root, project)), StringComparison.Ordinal);

    [Fact]
    public void Exceptions_DirectFileAccess_AreTheseFiles()
    {
        string[] found =
        [
            .. Repository.Files(".cs", "src/Engine").Concat(Repository.Files(".cs", "src/Server"))
                .Where(static file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal))
                .Select(Repository.Relative)
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(Allowed, found);
    }
}
