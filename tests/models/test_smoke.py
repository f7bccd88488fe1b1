import pytest
from claims.models import Rating
@pytest.mark.django_db
def test_x(): assert Rating.objects.count()==6
