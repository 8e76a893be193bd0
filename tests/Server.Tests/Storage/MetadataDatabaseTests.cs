using System.Data.Common;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Tests.Storage;

/// <summary>Every failure of SQLite becomes a status with its cause (F2b).</summary>
public sealed class MetadataDatabaseTests
{
    [Fact]
    public void Write_DatabaseFull_IsDiskFullAndChangesNothing()
    {
        using var data = TestDatabase.Create();
        data.Database.Read(static connection =>
        {
            connection.Execute("CREATE TABLE filled (bytes BLOB)");
            return connection.Query("PRAGMA max_page_count=1", static row => row.GetInt64(0));
        });

        ServiceException full = Assert.Throws<ServiceException>(() => data.Database.Write(Fill));

        Assert.Equal((StatusCode.ResourceExhausted, "DISK_FULL"), (full.Code, full.Reason));
        Assert.NotNull(full.RetryAfter);
        Assert.True(data.Database.IsFailing);
        Assert.Equal(0, data.Scalar("SELECT count(*) FROM filled"));
        Assert.False(data.Database.IsFailing);
    }

    [Theory]
    [InlineData(5, 5, StatusCode.Unavailable, "STORAGE_UNAVAILABLE")]
    [InlineData(8, 8, StatusCode.Unavailable, "STORAGE_UNAVAILABLE")]
    [InlineData(10, 778, StatusCode.Unavailable, "STORAGE_UNAVAILABLE")]
    [InlineData(10, 4874, StatusCode.ResourceExhausted, "DISK_FULL")]
    [InlineData(11, 11, StatusCode.DataLoss, "CHECKSUM_MISMATCH")]
    [InlineData(13, 13, StatusCode.ResourceExhausted, "DISK_FULL")]
    [InlineData(14, 14, StatusCode.Unavailable, "STORAGE_UNAVAILABLE")]
    [InlineData(26, 26, StatusCode.DataLoss, "CHECKSUM_MISMATCH")]
    public void Write_FailsWithCode_HasStatusAndReason(int code, int extended, StatusCode status, string reason)
    {
        using var data = TestDatabase.Create();

        ServiceException fault = Assert.Throws<ServiceException>(() =>
            data.Database.Write<int>(_ => throw new SqliteException("failure", code, extended)));

        Assert.Equal((status, reason), (fault.Code, fault.Reason));
    }

    [Fact]
    public void Write_BrokenRuleOfATable_StaysADefect()
    {
        using var data = TestDatabase.Create();

        Assert.Throws<SqliteException>(() => data.Database.Write(static connection =>
            connection.Execute("INSERT INTO corpora (id) VALUES (NULL)")));
        Assert.Equal(0, data.Scalar("SELECT count(*) FROM corpora"));
    }

    [Theory]
    [InlineData(28, "Full")]
    [InlineData(27, "FileTooLarge")]
    [InlineData(30, "ReadOnly")]
    [InlineData(24, "TooManyFiles")]
    [InlineData(5, "Failed")]
    public void Classify_ErrorNumberOfTheSystem_NamesTheCause(int number, string cause)
    {
        IOException outer = new("outer", new System.ComponentModel.Win32Exception(number));

        Assert.Equal(cause, StorageErrors.Classify(new IOException("failure", number)).ToString());
        Assert.Equal(cause, StorageErrors.Classify(outer).ToString());
        Assert.Equal(StorageError.None, StorageErrors.Classify(new ArgumentException("other")));
    }

    private static int Fill(DbConnection connection)
    {
        for (int row = 0; row < 100; row++)
        {
            connection.Execute("INSERT INTO filled VALUES (zeroblob(100000))");
        }

        return 0;
    }
}
