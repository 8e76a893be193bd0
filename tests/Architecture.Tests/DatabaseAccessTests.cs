using Xunit;

namespace TopicGrpc.Architecture.Tests;

/// <summary>A database library is known by one folder; the tables use the port of the metadata database.</summary>
public sealed class DatabaseAccessTests
{
    [Theory]
    [InlineData("Microsoft.Data.Sqlite", "src/Server/Storage/Sqlite/")]
    [InlineData("SQLitePCL", "src/Server/Storage/Sqlite/")]
    [InlineData("Npgsql", "src/Cluster/")]
    public void Library_OfADatabase_IsUsedInOneFolder(string library, string folder)
    {
        string[] users =
        [
            .. Repository.Files(".cs", "src")
                .Where(file => File.ReadAllText(file).Contains(library, StringComparison.Ordinal))
                .Select(Repository.Relative),
        ];

        Assert.NotEmpty(users);
        Assert.All(users, file => Assert.StartsWith(folder, file, StringComparison.Ordinal));
    }
}
