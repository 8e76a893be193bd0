namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Classes of documents as numbers.</summary>
/// <param name="Numbers">Class of each document; −1 without one.</param>
/// <param name="Names">Name of each class, by ordinal comparison, so that numbers do not depend on the order given.</param>
internal sealed record DocumentClasses(int[] Numbers, string[] Names)
{
    /// <exception cref="ArgumentException">A class has no name, or belongs to a document that is not there.</exception>
    public static DocumentClasses Read(IReadOnlyDictionary<string, string> classes, string[] ids)
    {
        string[] names = [.. classes.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A document is given a class without a name.", nameof(classes));
        }

        int[] numbers = new int[ids.Length];
        int found = 0;
        for (int row = 0; row < numbers.Length; row++)
        {
            bool known = classes.TryGetValue(ids[row], out string? name);
            numbers[row] = known ? Array.BinarySearch(names, name, StringComparer.Ordinal) : -1;
            found += known ? 1 : 0;
        }

        if (found < classes.Count)
        {
            string missing = classes.Keys.Except(ids, StringComparer.Ordinal).Order(StringComparer.Ordinal).First();
            throw new ArgumentException($"A class is given for document \"{missing}\", which is not among the documents.", nameof(classes));
        }

        return new DocumentClasses(numbers, names);
    }
}
