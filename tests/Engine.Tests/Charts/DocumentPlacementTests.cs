using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class DocumentPlacementTests
{
    private const int Groups = 4;
    private const int Documents = 240;

    [Fact]
    public void Place_NewTexts_AreAmongTheDocumentsOfTheirGroup()
    {
        TopicModel model = SmallModel.Instance;
        Matrix points = Points(model);
        DocumentPlacement placement = new(model, points);
        (double X, double Y)[] centers = [.. Enumerable.Range(0, Groups).Select(group => Center(points, group))];

        for (int number = 1000; number < 1040; number++)
        {
            DocumentPosition position = placement.Place(SmallModel.Vector(number));
            int nearest = Enumerable.Range(0, Groups).MinBy(group =>
                Math.Pow(centers[group].X - position.X, 2) + Math.Pow(centers[group].Y - position.Y, 2));

            Assert.Equal(number % Groups, nearest);
            Assert.Equal(number % Groups, position.NearestRow % Groups);
        }
    }

    [Fact]
    public void Place_EmbeddingOfADocument_IsThePositionOfTheDocument()
    {
        TopicModel model = SmallModel.Instance;
        Matrix points = Points(model);
        DocumentPlacement placement = new(model, points);

        DocumentPosition position = placement.Place(SmallModel.Vector(17));

        Assert.Equal(17, position.NearestRow);
        Assert.Equal((points.Row(17)[0], points.Row(17)[1]), (position.X, position.Y));
    }

    [Fact]
    public void Place_SameEmbeddingTwice_GivesTheSameBits()
    {
        TopicModel model = SmallModel.Instance;
        Matrix points = Points(model);

        DocumentPosition first = new DocumentPlacement(model, points).Place(SmallModel.Vector(900));
        DocumentPosition second = new DocumentPlacement(model, points).Place(SmallModel.Vector(900));

        Assert.Equal(first, second);
    }

    private static Matrix Points(TopicModel model) => DocumentMap.Compute(
        model.DocumentVectors!, 7, new ComputeOptions { Threads = 1 }, null, TestContext.Current.CancellationToken);

    private static (double X, double Y) Center(Matrix points, int group)
    {
        int[] rows = [.. Enumerable.Range(0, Documents).Where(row => row % Groups == group)];
        return (rows.Average(row => points.Row(row)[0]), rows.Average(row => points.Row(row)[1]));
    }
}
