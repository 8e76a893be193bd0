using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Tests.Postgres;

public sealed class PostgresOptionsTests
{
    [Theory]
    [InlineData("Database=d", "Host")]
    [InlineData("Host=h", "Database")]
    [InlineData("Host=h;Database=d;Password=hunter2;Bogus=1", "keywords")]
    [InlineData("Host=h;Database=d;Port=hunter2", "keywords")]
    [InlineData("Host=h;Database=d;Multiplexing=true", "Multiplexing")]
    [InlineData("Host=h,i;Database=d;Target Session Attributes=any", "Target Session Attributes")]
    public void Validate_ConnectionStringIsWrong_NamesTheCauseWithoutThePassword(string connectionString, string cause)
    {
        ValidateOptionsResult result = new ConnectionStringRule().Validate(
            null, new PostgresOptions { ConnectionString = connectionString });

        Assert.True(result.Failed);
        Assert.StartsWith("ConnectionString: ", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains(cause, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=h;Database=d;Username=u")]
    public void Validate_ConnectionStringIsEmptyOrComplete_Succeeds(string connectionString) =>
        Assert.True(new ConnectionStringRule().Validate(
            null, new PostgresOptions { ConnectionString = connectionString }).Succeeded);

    [Theory]
    [InlineData(3)]
    [InlineData(1001)]
    public void Validate_ConnectionsBeyondTheRange_NamesTheOption(int connections)
    {
        ValidateOptionsResult result = new PostgresOptionsValidator().Validate(
            null, new PostgresOptions { MaxConnections = connections });

        Assert.Contains("MaxConnections", result.FailureMessage, StringComparison.Ordinal);
    }
}
