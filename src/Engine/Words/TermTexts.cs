namespace TopicGrpc.Engine.Words;

/// <summary>
/// Texts of terms by their parts. A corpus has far more terms of several words than words, so their texts are built on request.
/// </summary>
/// <param name="words">Texts of the words.</param>
/// <param name="heads">By term, the term of all words but the last; −1 for a term of one word.</param>
/// <param name="lasts">By term, the number of its last word.</param>
internal sealed class TermTexts(string[] words, int[] heads, int[] lasts)
{
    /// <summary>Returns the words of a term, separated by spaces.</summary>
    public string TextOf(int term) => heads[term] < 0 ? words[lasts[term]] : $"{TextOf(heads[term])} {words[lasts[term]]}";

    /// <summary>Returns the texts of terms as a list that holds no text of several words.</summary>
    public IReadOnlyList<string> Of(int[] terms) => new Chosen(this, terms);

    private sealed class Chosen(TermTexts texts, int[] terms) : IReadOnlyList<string>
    {
        public int Count => terms.Length;

        public string this[int index] => texts.TextOf(terms[index]);

        public IEnumerator<string> GetEnumerator()
        {
            foreach (int term in terms)
            {
                yield return texts.TextOf(term);
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
