using Microsoft.Extensions.Options;
using Npgsql;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Checks the connection string. Messages never contain it, because it may have a password.</summary>
internal sealed class ConnectionStringRule : IValidateOptions<PostgresOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        if (options.ConnectionString.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return Fail("is not a connection string of PostgreSQL. Write 'Host=…;Database=…;Username=…', with keywords of Npgsql");
        }

        return string.IsNullOrEmpty(settings.Host) ? Fail("has no Host")
            : string.IsNullOrEmpty(settings.Database) ? Fail("has no Database")
            : settings.TargetSessionAttributes is not null ? Fail("has Target Session Attributes; the server always uses the primary")
            : settings.Multiplexing ? Fail("has Multiplexing; transactions need a connection of their own")
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string message) =>
        ValidateOptionsResult.Fail($"{nameof(PostgresOptions.ConnectionString)}: {message}.");
}
