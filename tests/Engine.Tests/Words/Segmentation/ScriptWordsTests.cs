using TopicGrpc.Engine.Words.Segmentation;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words.Segmentation;

public sealed class ScriptWordsTests
{
    [Theory]
    [InlineData("German", "Die Größe der Häuser: STRASSE, Straße", "die größe der häuser strasse straße")]
    [InlineData("English", "The graphics card's 2nd fan, x_y!", "the graphics card 2nd fan x_y")]
    [InlineData("Greek", "Η ΟΔΟΣ", "οδος")]
    [InlineData("Ukrainian apostrophe", "П'ять об’єктів", "п'ять об'єктів")]
    [InlineData("Hindi", "हिन्दी में क्रिकेट की खबरें", "हिन्दी में क्रिकेट की खबरें")]
    [InlineData("Arabic marks and tatweel", "كَتَبَ الطالبُ الرســـالة", "كتب الطالب الرسالة")]
    [InlineData("Hebrew points", "שָׁלוֹם עולם", "שלום עולם")]
    [InlineData("Korean", "서울에서 큰 회의가 열렸다", "서울에서 큰 회의가 열렸다")]
    [InlineData("Chinese", "经济政策的变化", "经济 济政 政策 变化")]
    [InlineData("Chinese and Latin", "我的iPhone手机坏了", "iphone 手机 机坏")]
    [InlineData("Japanese", "東京でコーヒーを飲む", "東京 コーヒー 飲")]
    [InlineData("Japanese hiragana", "りんごとみかん", "りん んご ごと とみ みか かん")]
    [InlineData("Japanese keeps 在", "現在の存在", "現在 存在")]
    [InlineData("Thai words", "นักเรียนไปโรงเรียน", "นักเรียน ไป โรงเรียน")]
    [InlineData("Thai without dictionary", "ภูเก็ต", "ภูเก็ต")]
    [InlineData("Single letters", "a b c de", "de")]
    [InlineData("No word", "!?… 。、", "")]
    [InlineData("Soft hyphen", "Donau\u00ADdampfschiff", "donaudampfschiff")]
    public void Read_Text_SplitsIntoTheWordsOfItsScript(string name, string text, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, string.Join(' ', Words(text)));
    }

    [Theory]
    [InlineData("u\u0308ber stra\u00DFe", "über straße")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("カ\u3099ラス", "ガラス")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8\u110B\u1165", "한국어")]
    public void Read_DecomposedText_GivesTheComposedWords(string decomposed, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words(decomposed)));

    [Theory]
    [InlineData("हिन्दी में")]
    [InlineData("ภาษาไทยที่สวยงาม")]
    [InlineData("ភាសាខ្មែរ")]
    [InlineData("မြန်မာဘာသာ")]
    public void Read_CombiningMarks_NeverStartAWord(string text) => Assert.All(
        Words(text), word => Assert.False(CharacterClasses.IsMark(System.Text.Rune.GetRuneAt(word, 0)), word));

    [Fact]
    public void Read_LongUnknownThai_GivesOverlappingGroups()
    {
        string[] words = Words("ฃฅฆฌญฐฑ");

        Assert.Equal(["ฃฅฆ", "ฅฆฌ", "ฆฌญ", "ฌญฐ", "ญฐฑ"], words);
    }

    [Fact]
    public void Read_CaseKept_KeepsCapitals()
    {
        WordReader reader = new WordSource(WordSegmentation.Unicode, lowercase: false).Read("Größe ΟΔΟΣ");

        Assert.True(reader.MoveNext());
        Assert.Equal("Größe", reader.Current.ToString());
        Assert.True(reader.MoveNext());
        Assert.Equal("ΟΔΟΣ", reader.Current.ToString());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Read_TextAfterText_DoesNotSeeTheFirst()
    {
        WordSource source = new(WordSegmentation.Unicode, lowercase: true);
        WordReader first = source.Read("りんご 経済政策");
        Assert.True(first.MoveNext());

        WordReader second = source.Read("现在的经济");

        Assert.Equal(["现", "经济"], Rest(second));
    }

    [Theory]
    [InlineData("हिन्दी में", "")]
    [InlineData("经济政策的变化", "经济政策的变化")]
    public void Read_TokenPattern_SplitsLikeScikitLearn(string text, string last)
    {
        ArgumentNullException.ThrowIfNull(last);
        WordReader reader = new WordSource(WordSegmentation.TokenPattern, lowercase: true).Read(text);

        // A combining mark is no word character of the pattern, so Hindi falls apart; Chinese is one word.
        Assert.Equal(last.Length == 0 ? [] : [last], Rest(reader));
    }

    [Theory]
    [InlineData(WordSegmentation.Unicode, "economy Jobs größe ")]
    [InlineData(WordSegmentation.Unicode, "経済の政策が変化する。")]
    [InlineData(WordSegmentation.TokenPattern, "economy Jobs größe ")]
    public void Read_LongText_AllocatesForItsLongestWord(WordSegmentation segmentation, string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 50_000));
        Count(part, segmentation);
        long before = GC.GetAllocatedBytesForCurrentThread();

        int words = Count(text, segmentation);

        Assert.InRange(words, 150_000, int.MaxValue);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Theory]
    [InlineData("经济政策", 399_999)]
    [InlineData("ฃฅฆฌ", 399_998)]
    public void Read_TextOfOneRun_AllocatesLessThanTwentyBytesPerCharacter(string part, int expected)
    {
        string text = string.Concat(Enumerable.Repeat(part, 100_000));
        long before = GC.GetAllocatedBytesForCurrentThread();

        int words = Count(text, WordSegmentation.Unicode);

        Assert.Equal(expected, words);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * text.Length);
    }

    private static int Count(string text, WordSegmentation segmentation)
    {
        WordReader reader = new WordSource(segmentation, lowercase: true).Read(text);
        int count = 0;
        while (reader.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static string[] Words(string text) => Rest(new WordSource(WordSegmentation.Unicode, lowercase: true).Read(text));

    private static string[] Rest(WordReader reader)
    {
        List<string> words = [];
        while (reader.MoveNext())
        {
            words.Add(reader.Current.ToString());
        }

        return [.. words];
    }
}
