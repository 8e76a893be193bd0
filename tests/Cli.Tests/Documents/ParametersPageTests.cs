using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Documents;

public sealed class ParametersPageTests
{
    private static readonly string Page = Checkout.At("docs", "parameters.md");

    [Fact]
    public void Tables_OfThePage_AsGenerated()
    {
        string text = File.ReadAllText(Page);
        string generated = ParameterTables.All().Aggregate(text, static (page, table) => Replace(page, table.Key, table.Value));

        // Set UPDATE_DOCUMENTS=1 to write the tables after a change of the contract or of a default.
        if (Environment.GetEnvironmentVariable("UPDATE_DOCUMENTS") == "1")
        {
            File.WriteAllText(Page, generated);
        }

        Assert.Equal(generated, File.ReadAllText(Page));
    }

    private static string Replace(string page, string name, string table)
    {
        string start = $"<!-- table {name} -->\n\n";
        int from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"docs/parameters.md has no place for the table {name}.");
        int to = page.IndexOf("\n<!-- end -->", from, StringComparison.Ordinal);
        return string.Concat(page.AsSpan(0, from), table, page.AsSpan(to));
    }
}
