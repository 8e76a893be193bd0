using System.Data.Common;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>
/// Schema 2 to 3: the state of a fit moves from its message into columns; requests, reports and operations, which may take megabytes,
/// move into tables of their own. Rows are read one at a time: a database may hold gigabytes of them.
/// </summary>
internal static class ContentUpgrade
{
    private const string NewTables = """
        ALTER TABLE fits ADD COLUMN corpus TEXT NOT NULL DEFAULT '';
        ALTER TABLE fits ADD COLUMN parent_version TEXT NOT NULL DEFAULT '';
        ALTER TABLE fits ADD COLUMN assign_labels TEXT NOT NULL DEFAULT '';
        ALTER TABLE fits ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE fits ADD COLUMN document_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE fits ADD COLUMN model_version TEXT NOT NULL DEFAULT '';
        ALTER TABLE fits ADD COLUMN error_message BLOB;
        ALTER TABLE fits ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE fits ADD COLUMN started INTEGER;
        ALTER TABLE fits ADD COLUMN ended INTEGER;

        CREATE TABLE fit_requests (
            ordinal INTEGER PRIMARY KEY REFERENCES fits (ordinal),
            settings_message BLOB NOT NULL,
            operation_message BLOB
        );

        CREATE TABLE fit_reports (
            ordinal INTEGER PRIMARY KEY REFERENCES fits (ordinal),
            report_message BLOB NOT NULL
        );

        CREATE TABLE version_contents (
            model TEXT NOT NULL,
            number INTEGER NOT NULL,
            report_message BLOB,
            operation_message BLOB,
            PRIMARY KEY (model, number),
            FOREIGN KEY (model, number) REFERENCES versions (model, number)
        );

        CREATE INDEX unfinished_fits ON fits (ordinal) WHERE status IN (1, 2, 3);
        """;

    private const string OldColumns = """
        ALTER TABLE fits DROP COLUMN fit_message;
        PRAGMA user_version = 3;
        """;

    public static void Run(DbConnection connection)
    {
        connection.Execute(NewTables);
        foreach (long ordinal in connection.Query("SELECT ordinal FROM fits", static row => row.GetInt64(0)))
        {
            Fit fit = connection.Query(
                "SELECT fit_message FROM fits WHERE ordinal = @ordinal",
                static row => Fit.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
                ("@ordinal", ordinal))[0];
            Move(connection, ordinal, fit);
        }

        foreach ((string model, long number) in connection.Query(
            "SELECT model, number FROM versions", static row => (row.GetString(0), row.GetInt64(1))))
        {
            ModelVersion version = connection.Query(
                "SELECT version_message FROM versions WHERE model = @model AND number = @number",
                static row => ModelVersion.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
                ("@model", model),
                ("@number", number))[0];
            Move(connection, model, version);
        }

        connection.Execute(OldColumns);
    }

    private static void Move(DbConnection connection, long ordinal, Fit fit)
    {
        connection.Execute(
            """
            UPDATE fits SET corpus = @corpus, parent_version = @parent, assign_labels = @labels, status = @status,
                document_count = @documents, model_version = @version, error_message = @error, created = @created, started = @started,
                ended = @ended
            WHERE ordinal = @ordinal
            """,
            ("@ordinal", ordinal),
            ("@corpus", fit.Corpus[(fit.Corpus.LastIndexOf('/') + 1)..]),
            ("@parent", fit.ParentVersion),
            ("@labels", string.Join(' ', fit.AssignLabels)),
            ("@status", (int)fit.State),
            ("@documents", fit.DocumentCount),
            ("@version", fit.ModelVersion),
            ("@error", fit.Error?.ToByteArray()),
            ("@created", Ticks(fit.CreateTime) ?? 0),
            ("@started", Ticks(fit.StartTime)),
            ("@ended", Ticks(fit.EndTime)));
        connection.Execute(
            "INSERT INTO fit_requests (ordinal, settings_message, operation_message) VALUES (@ordinal, @settings, @operation)",
            ("@ordinal", ordinal),
            ("@settings", (fit.Settings ?? new FitSettings()).ToByteArray()),
            ("@operation", fit.Operation?.ToByteArray()));
        if (fit.Report is not null)
        {
            connection.Execute(
                "INSERT INTO fit_reports (ordinal, report_message) VALUES (@ordinal, @report)",
                ("@ordinal", ordinal),
                ("@report", fit.Report.ToByteArray()));
        }
    }

    private static void Move(DbConnection connection, string model, ModelVersion version)
    {
        connection.Execute(
            "INSERT INTO version_contents (model, number, report_message, operation_message) VALUES (@model, @number, @report, @operation)",
            ("@model", model),
            ("@number", version.VersionNumber),
            ("@report", version.Report?.ToByteArray()),
            ("@operation", version.Operation?.ToByteArray()));
        version.Operation = null;
        if (version.Report is not null)
        {
            version.Report.Settings = null;
        }

        connection.Execute(
            "UPDATE versions SET version_message = @message WHERE model = @model AND number = @number",
            ("@model", model),
            ("@number", version.VersionNumber),
            ("@message", version.ToByteArray()));
    }

    private static long? Ticks(Timestamp? time) => time?.ToDateTimeOffset().UtcTicks;
}
