using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Testing;

namespace TopicGrpc.ChildServer;

/// <summary>A fit in a process whose heap is limited by the runtime (<c>DOTNET_GCHeapHardLimit</c>).</summary>
internal static class LimitedFit
{
    private const int Dimension = 128;
    private const int Topics = 8;

    /// <summary>Fits themed texts whose vectors are in a scratch file, as in a server, and prints the number of topics.</summary>
    public static void Run(string folder, int documents)
    {
        using ScratchSpace scratch = new(DiskStorage.Instance, folder);
        ScratchRows rows = scratch.Reserve(documents, Dimension);
        Random random = new(3);
        float[] row = new float[Dimension];
        List<Document> texts = new(documents);
        for (int i = 0; i < documents; i++)
        {
            for (int k = 0; k < Dimension; k++)
            {
                row[k] = (0.1f * random.NextSingle()) + (k % Topics == i % Topics ? 1 : 0);
            }

            rows.Write(i, row);
            texts.Add(new Document(i.ToString("D8", CultureInfo.InvariantCulture), ThemedTexts.Text(i)));
        }

        EmbedderInfo encoder = new("given", "full", new string('0', 64), Dimension, 256);
        FitInput input = new(texts, rows.First(documents), encoder) { Scratch = scratch };
        TopicModel model = new TopicModelTrainer(new TopicModelOptions())
            .Fit(input, ComputeOptions.Default, progress: null, CancellationToken.None);
        Console.WriteLine(model.Report.Topics.ToString(CultureInfo.InvariantCulture));
    }
}
