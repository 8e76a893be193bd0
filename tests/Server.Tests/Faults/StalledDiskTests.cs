using Microsoft.Data.Sqlite;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Tests.Storage;
using TopicGrpc.Server.Tests.Transfers;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// A disk that does not answer (F20): no thread of the thread pool calls the storage or waits for the database, so predictions continue.
/// </summary>
public sealed class StalledDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_WholeLifeOfAModel_NeverUseTheDiskOnAPoolThread()
    {
        using TempFolder folder = new();
        using StalledStorage storage = new(DiskStorage.Instance);
        await using TestServer server = await TestServer.StartOnAsync(storage);
        storage.ForgetThreads();

        await server.FitFirstAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        await ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, "m"));
        await PredictAsync(server, 2);
        await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = "models/m/versions/2" }, cancellationToken: Token);
        await server.Corpora.ListCorporaAsync(new ListCorporaRequest(), cancellationToken: Token);
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        Assert.False(storage.IsPoolThreadUsed);
    }

    [Fact]
    public async Task ImportModel_FlushThatDoesNotReturn_LeavesPredictionsAndExportsOfOthersAvailable()
    {
        using TempFolder folder = new();
        using StalledStorage storage = new(DiskStorage.Instance);
        await using TestServer server = await TestServer.StartOnAsync(storage);
        await server.FitFirstAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        storage.ForgetThreads();
        storage.Stall();
        Task<ModelVersion>[] imports =
        [
            .. Enumerable.Range(0, 2).Select(index =>
                ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, "copy" + index))),
        ];
        await storage.ArrivedAsync();

        for (int call = 0; call < 20; call++)
        {
            await PredictAsync(server, 1);
        }

        Assert.DoesNotContain(imports, static import => import.IsCompleted);
        storage.Release();
        Assert.All(await Task.WhenAll(imports), static version => Assert.Equal(ModelVersion.Types.State.Ready, version.State));
        Assert.False(storage.IsPoolThreadUsed);
    }

    [Fact]
    public async Task Changes_DatabaseThatDoesNotAnswer_LeavePredictionsAvailable()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Task[] waiting;
        using (SqliteConnection blocker = Block(server.DataDirectory))
        {
            waiting =
            [
                .. Enumerable.Range(0, 40).SelectMany(index => (Task[])
                [
                    server.Models.SetLabelAsync(
                        new SetLabelRequest { Model = "models/m", Label = "l" + index, VersionNumber = 1 },
                        cancellationToken: Token).ResponseAsync,
                    server.Corpora.CreateCorpusAsync(
                        new CreateCorpusRequest { CorpusId = "c" + index }, cancellationToken: Token).ResponseAsync,
                    server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token).ResponseAsync,
                    server.Models.GetVersionAsync(
                        new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token).ResponseAsync,
                ]),
            ];
            for (int call = 0; call < 20; call++)
            {
                await PredictAsync(server, 1);
                await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);
            }

            Assert.Contains(waiting, static call => !call.IsCompleted);
        }

        await Task.WhenAll(waiting);
        Model model = (await server.Models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model;
        Assert.Equal(41, model.VersionLabels.Count);
    }

    private static async Task PredictAsync(TestServer server, long version)
    {
        PredictRequest request = new() { Selector = TestServer.SelectorOf(version), Text = ThemedTexts.Text(3) };
        await server.Predictions.PredictAsync(request, deadline: DateTime.MaxValue, cancellationToken: Token)
            .ResponseAsync.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    /// <summary>Takes the write lock of the database, as a disk does that does not return from a flush.</summary>
    private static SqliteConnection Block(string directory)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "meta.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}
